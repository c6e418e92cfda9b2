import { findNative, type NativeFinding } from "../../../prover/native/findNative.ts";
import type { KeyArithmetic } from "./arithmetic.ts";
import { NativeArithmetic } from "./nativeArithmetic.ts";
import { agreesWithNoble } from "./spotCheck.ts";
import { WasmArithmetic } from "./wasmArithmetic.ts";

/**
 * The native prover's arithmetic where it is built from these sources and passes its tests, else WebAssembly. Builds nothing.
 * @param find how to look for it; tests bring their own
 */
export async function chooseArithmetic(find: () => Promise<NativeFinding> = findNative): Promise<KeyArithmetic> {
  const found = await find();
  if (found.addon === null) return WasmArithmetic.create();
  const native = new NativeArithmetic(found.addon, found.level);
  return agreesWithNoble(native) ? native : WasmArithmetic.create();
}
