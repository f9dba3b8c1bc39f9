import Engine

/// A number of the samples: where the cursor of the data's table stands.
package struct Datum: Hashable, Sendable {
  /// The sample, counted from 0 among all that were given.
  package var sample: Int
  /// The column, counted from 0: the inputs, then the targets.
  package var column: Int

  /// A sample's number.
  package init(sample: Int, column: Int) {
    self.sample = sample
    self.column = column
  }
}

extension View {
  /// Where the cursor of the data's table stands: where it was put, kept within the samples, else at the sample on show.
  /// Nil where there is no sample.
  package func datum(in state: State) -> Datum? {
    let data = state.experiment.data
    guard data.givenCount > 0 else { return nil }
    let onShow = state.batch.indices.contains(state.selected) ? data.number(of: state.batch[state.selected]) : 0
    let wished = datum ?? Datum(sample: onShow, column: 0)
    return Datum(
      sample: min(max(wished.sample, 0), data.givenCount - 1),
      column: min(max(wished.column, 0), data.inputCount + data.targetCount - 1))
  }

  /// The view with that cursor moved.
  package func movedInData(rows: Int = 0, columns: Int = 0, in state: State) -> View {
    var view = self
    guard let before = datum(in: state) else { return self }
    view.datum = Datum(sample: before.sample + rows, column: before.column + columns)
    view.datum = view.datum(in: state)
    view.scrolls[Panel.data.name] = nil
    return view
  }
}
