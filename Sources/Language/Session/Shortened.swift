import Engine

extension Session {
  /// The lines as they are shown and saved: moves by the same stride that follow one another are one, so that five presses
  /// of → are one `step 5`. Each stays a line of its own to `undo`.
  package var shortened: [Entry] {
    var result: [Entry] = []
    result.reserveCapacity(entries.count)
    var last: Strides?
    for entry in entries {
      guard let next = Strides(entry.line) else {
        last = nil
        result.append(entry)
        continue
      }
      if let sum = last?.followed(by: next) {
        last = sum
        result[result.count - 1] = Entry(line: Line(sum.text), verdict: nil)
      } else {
        last = next
        result.append(entry)
      }
    }
    return result
  }
}

extension Session {
  /// Makes one line of the last two where both are moves by the same stride, which one `undo` then takes back: what plays by
  /// itself is one line, however long it plays.
  package mutating func joinLastMoves() {
    let count = entries.count
    guard count > 1, let last = Strides(entries[count - 1].line),
      let sum = Strides(entries[count - 2].line)?.followed(by: last), undo.joinLastMarks(of: count)
    else { return }
    entries.removeLast()
    entries[count - 2] = Entry(line: Line(sum.text), verdict: nil)
  }
}

/// A line that is nothing but `step` or `back` by some strides.
private struct Strides {
  let command: String
  let count: Int
  /// The stride by the name that it is listed under; empty where none is said.
  let stride: String

  private init(command: String, count: Int, stride: String) {
    (self.command, self.count, self.stride) = (command, count, stride)
  }

  /// Nil where a line is anything else, or has a comment that would be lost.
  init?(_ line: Line) {
    guard line.kind == .command, line.text == line.command, let first = line.words.first,
      Command.named(first.text)?.isStrides == true, line.words.count <= 3
    else { return nil }
    var rest = line.words.dropFirst().map(\.text)
    var count = 1
    if let number = rest.first.flatMap({ Int($0) }) {
      count = number
      rest.removeFirst()
    }
    guard count > 0, rest.count <= 1 else { return nil }
    if let word = rest.first {
      guard let named = Stride.named(word) else { return nil }
      stride = named.name
    } else {
      stride = ""
    }
    (command, self.count) = (first.text, count)
  }

  /// Both together, where that is one line.
  func followed(by next: Strides) -> Strides? {
    let (sum, isTooLarge) = count.addingReportingOverflow(next.count)
    guard next.command == command, next.stride == stride, !isTooLarge, sum <= Session.mostStrides else { return nil }
    return Strides(command: command, count: sum, stride: stride)
  }

  var text: String { "\(command) \(count)" + (stride.isEmpty ? "" : " \(stride)") }
}
