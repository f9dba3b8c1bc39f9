/// The lines given at the prompt, oldest first, and where in them the user is looking.
struct LineHistory: Equatable, Sendable {
  /// The lines; one that repeats the line before it is not kept twice.
  private(set) var lines: [String] = []
  /// The line on show and what was typed before going back.
  private var looking: (place: Int, typed: String)?

  /// Older lines than these are forgotten.
  static let longest = 1000

  init(lines: [String] = []) {
    for line in lines { add(line) }
  }

  static func == (left: LineHistory, right: LineHistory) -> Bool {
    left.lines == right.lines && left.looking?.place == right.looking?.place
      && left.looking?.typed == right.looking?.typed
  }

  mutating func add(_ line: String) {
    looking = nil
    guard !line.allSatisfy(\.isWhitespace), line != lines.last else { return }
    lines.append(line)
    if lines.count > LineHistory.longest { lines.removeFirst(lines.count - LineHistory.longest) }
  }

  /// The next older line that begins as the typed one does, nil where there is none.
  mutating func older(than text: String) -> String? {
    let typed = looking?.typed ?? text
    let from = looking?.place ?? lines.count
    guard let place = lines[..<from].lastIndex(where: { $0.hasPrefix(typed) && $0 != text }) else { return nil }
    looking = (place, typed)
    return lines[place]
  }

  /// The next newer line that begins as the typed one does, after the newest the typed one itself; nil when the user is
  /// not looking back.
  mutating func newer(than text: String) -> String? {
    guard let (place, typed) = looking else { return nil }
    let found = lines[(place + 1)...].firstIndex { $0.hasPrefix(typed) && $0 != text }
    looking = found.map { ($0, typed) }
    return found.map { lines[$0] } ?? typed
  }

  /// The user types again; the next look back starts from there.
  mutating func stopLooking() { looking = nil }

  /// The place of the newest line before `place` that contains a text.
  func search(_ text: String, before place: Int) -> Int? {
    lines[..<min(max(place, 0), lines.count)].lastIndex { $0.contains(text) }
  }
}
