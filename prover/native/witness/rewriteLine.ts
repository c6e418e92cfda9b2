/** Lines that only serve messages and names, which this runtime takes from the templates. */
const DROPPED = /^(std::string new_cmp_name = |uint aux_dimensions\[|assert\(Fr_isTrue\()/;

const RULES: readonly (readonly [RegExp, string])[] = [
  [/^\w+_(\d+)_create\(([^,]+),([^,]+),ctx,new_cmp_name,myId\);/, "ctx->create($1,$2,$3,myId);"],
  [/^\w+_(\d+)_run\((.*),ctx\);/, "ctx->run($1,$2);"],
  [/^\(\*_functionTable\[(.*)\]\)\((.*),ctx\);/, "ctx->run($1,$2);"],
  [/^assert\(/, "require("],
  [/^FrElement lvarcall\[0\];/, "FrElement lvarcall[1];"],
  [/ ?\/\/ (line circom \d+|load src|end load src|run sub component if needed|need to run sub component)$/, ""],
];
const FAILING = /^(if \(!Fr_isTrue\(.*\)\)) std::cout << "Failed assert .*<< " line (\d+)\. "/;

/**
 * One line of circom's C++ as this runtime has it.
 * @param place the circom template or function that it is in
 * @returns null when it is not needed
 */
export function rewriteLine(line: string, place: string): string | null {
  if (DROPPED.test(line)) return null;
  const [, condition, number] = FAILING.exec(line) ?? [];
  if (condition !== undefined) return `${condition} refuse(ctx,myId,"${place}",${number});`;
  return RULES.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}
