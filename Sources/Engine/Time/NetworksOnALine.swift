extension Timeline {
  /// The networks that there are along the line: one at its beginning, and one from each change made by hand on.
  package var networks: [Network] { segments.map(\.experiment.network) }
}
