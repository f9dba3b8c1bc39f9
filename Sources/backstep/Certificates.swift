import Engine
import Formats
import Language

/// `backstep check-proof FILE…`: a line for each certificate, right or what is wrong in it.
func checkCertificates(_ files: [String]) throws(UsageError) -> ExitStatus {
  var status = ExitStatus.well
  for file in files {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try Files.read(file) } catch {
      Output.complain("backstep: \(error.message)")
      status = .commandFailed
      continue
    }
    do throws(CertificateError) {
      let check = try CertificateCheck(of: bytes)
      Output.put(["ok      \(file): \(counted(check.lines, "line")), below 2^\(check.exponent)"])
    } catch {
      Output.put(["FAILED  \(file): \(error.message)"])
      if status == .well { status = .verdictFailed }
    }
  }
  return status
}
