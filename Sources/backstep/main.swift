import Glibc

do throws(UsageError) {
  let front = try Options.read(Array(CommandLine.arguments.dropFirst()))
  exit(try front.start().rawValue)
} catch {
  Output.complain("backstep: \(error.message)")
  exit(ExitStatus.commandFailed.rawValue)
}
