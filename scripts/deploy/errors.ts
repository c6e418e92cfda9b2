/** A deployment that was not begun, or not finished, because something in it is wrong. */
export class DeployError extends Error {
  override readonly name = "DeployError";
  readonly code: DeployErrorCode;
  /** The part of the configuration that is wrong. */
  readonly field: string;

  constructor(code: DeployErrorCode, field: string, reason: string) {
    super(`${field}: ${reason}`);
    this.code = code;
    this.field = field;
  }
}

export type DeployErrorCode =
  | "DEPLOY_CONFIG" // a value out of its range
  | "DEPLOY_ARTEFACT" // a contract is not compiled, or its circuit not built
  | "DEPLOY_DEV_KEY" // a verifier whose key anyone can forge, on a chain that is not a local one
  | "DEPLOY_NONCE"; // someone else sent from the deployer's address meanwhile
