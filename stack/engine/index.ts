export type { Clock } from "./clock";
export { type Engine, startEngine } from "./engine";
export { AppUnreachableError, EngineAlreadyRunningError, RegistrationError, RequestError } from "./errors";
export type { EngineLogger, EngineOptions } from "./options";
