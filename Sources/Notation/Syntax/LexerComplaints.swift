import Engine

/// What is said of text that begins no token here, and means something elsewhere.
extension Lexer {
  /// What to say about a point between two names, as in `np.exp` and `w1.grad`, at the first of them; nil where there is none.
  func complaintAboutMember() -> SyntaxError? {
    let characters = characters
    let (end, start) = (position, (characters[..<position].lastIndex { !$0.continuesName } ?? -1) + 1)
    var last = position + 1
    while last < characters.count, characters[last].continuesName || characters[last] == "." { last += 1 }
    let owner = String(characters[start..<end])
    let member = withoutModule(String(characters[position..<last]))
    guard owner.first?.beginsName == true, member.first?.beginsName == true else { return nil }
    let whole = String(characters[start..<last])
    return SyntaxError(Lexer.complaint(about: member, of: owner, in: whole), at: start..<last)
  }

  private static func complaint(about member: String, of owner: String, in whole: String) -> Text {
    if let quantity = Quantity.named(owner) {
      if member == "grad", let gradient = quantity.kind.gradient {
        return "\(whole) is called \(Quantity(gradient, quantity.layer).name) here"
      }
      if Function.tellsShape.contains(member) { return "\(whole) is not needed here: help \(owner) says its shape" }
      if Function.isKnown(member) { return "\(whole) is written \(member)(\(owner)) here" }
    }
    if Function.isKnown(member) { return "functions stand by themselves here: \(member)(v), not \(whole)" }
    return Function.complaint(aboutForeign: member) ?? "there is no \(whole): names have no . in them here"
  }

  /// Refuses a sign for what was left out of an array that is printed.
  func refuseOmission() throws(SyntaxError) {
    guard let omission = Token.omissions.first(where: { isNext(spelling: $0) }) else { return }
    // `1...5` is a range up to .5.
    if omission == "...", peek(3)?.isDigit == true { return }
    let place = position..<position + omission.count
    // Where a line's end parts rows there is a semicolon.
    if omission == "...", characters[place.upperBound...].first(where: { $0 != " " && $0 != "\t" }) == ";" {
      throw SyntaxError(
        "... at a line's end is how MATLAB goes on with a row, or stands for numbers that were left out; put the whole row in one line, or a comma in the place of ...",
        at: place)
    }
    let whole: Text =
      omission == "..."
      ? "numpy.set_printoptions(threshold=10**9), torch.set_printoptions(profile=\"full\")"
      : "in Julia: show(stdout, \"text/plain\", A)"
    throw SyntaxError(
      "the array was printed shortened, \(omission) stands for numbers that are not there; print all of it (\(whole))",
      at: place)
  }
}
