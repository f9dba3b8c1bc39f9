import Glibc

do throws(UsageError) {
  exit(try Option.start(Array(CommandLine.arguments.dropFirst())).rawValue)
} catch {
  Output.complain("backstep: \(error.message)")
  exit(ExitStatus.commandFailed.rawValue)
}
