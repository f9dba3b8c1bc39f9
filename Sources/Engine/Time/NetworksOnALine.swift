extension Timeline {
  /// The networks that there are along the line: one at its beginning, and one from each change made by hand on.
  package var networks: [Network] { segments.map(\.experiment.network) }

  /// The highest number that a sample which is trained on has anywhere along the line.
  package var mostSamples: Int {
    segments.map(\.experiment.data).map { $0.count > 0 ? $0.number(of: $0.count - 1) + 1 : 0 }.max() ?? 0
  }
}
