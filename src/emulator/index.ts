export type { Account, CreateAccountOptions } from './account.js'
export type { ClockChoice, EmulatorClock } from './clock.js'
export type { Console } from './console.js'
export { createEmulator, type Emulator, type EmulatorOptions } from './emulator.js'
export type { DeliveryFaults, Fault, FaultAnswer, Faults } from './faults.js'
export type { CreateGroupOptions, Group } from './group.js'
export type { CreateLoginChannelOptions, LoginChannel } from './login-channel.js'
export type { CreatePersonOptions, Person } from './person.js'
export type { OperationName } from './records.js'
export type { EmulatorServer } from './server.js'
export type { AccountKind, AccountSettings } from './settings.js'
export type {
  ChatEntry,
  DeliveryReason,
  DeliveryReport,
  PersonAttributes,
  PersonMessage,
  Provider,
  Receiver,
} from './state.js'
