import Engine

/// One number of a quantity: row and column counted from 0, and the sample of the batch that it belongs to.
package struct Element: Hashable, Sendable {
  /// Whose number it is.
  package var quantity: Quantity
  /// The row; of a column, the element.
  package var row: Int
  /// The column; 0 of a column.
  package var column: Int
  /// The sample of the batch, from 0; nil for the one on show. `loss` with a sample is that sample's own.
  package var sample: Int?

  /// A number of a quantity; the first where nothing is said.
  package init(_ quantity: Quantity, row: Int = 0, column: Int = 0, sample: Int? = nil) {
    self.quantity = quantity
    self.row = row
    self.column = column
    self.sample = sample
  }

  /// Its indices as they are typed, counted from 1: `[2,1]`; empty of what has none.
  package func indices(in network: Network) -> String {
    let count = quantity.kind.extent.indexCount(in: network, layer: quantity.layer)
    let places = [row + 1, column + 1].prefix(count).map(String.init).joined(separator: ",")
    return places.isEmpty ? "" : "[\(places)]"
  }
}
