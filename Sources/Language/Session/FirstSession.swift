extension Session {
  /// A small network that is ready to step: Matt Mazur's example, with the lines that build it. It is what the screen opens
  /// with where no file was named.
  package static var first: Session {
    var session = Session()
    for (index, text) in firstLines.enumerated() {
      // A test executes these lines; the prompt would show one that failed.
      _ = try? session.execute(Line(text, source: "first", number: index + 1))
    }
    return session
  }

  static let firstLines = [
    "network mazur", "input 2", "dense 2 sigmoid", "dense 2 sigmoid", "optimizer sgd rate=0.5",
    "set w1 = [0.15 0.20; 0.25 0.30]", "set b1 = 0.35", "set w2 = [0.40 0.45; 0.50 0.55]", "set b2 = 0.60", "freeze b1",
    "freeze b2", "sample 0.05 0.10 -> 0.01 0.99",
  ]
}
