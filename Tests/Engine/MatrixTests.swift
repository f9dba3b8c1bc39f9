import Engine
import Testing

struct MatrixTests {
  private let a = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])

  @Test func theShapeAlwaysHolds() {
    #expect(Matrix(rows: 2, columns: 2, elements: [1]).elements == [1, 0, 0, 0])
    #expect(Matrix(rows: 1, columns: 2, elements: [1, 2, 3]).elements == [1, 2])
    #expect(Matrix(rows: -1, columns: 3).count == 0)
    #expect(Matrix(3).scalar == 3)
    #expect(Matrix(column: [1, 2]).isColumn)
    #expect(a.shape == "2×3")
    #expect(a.scalar == nil)
  }

  @Test func rowsBecomeColumns() {
    #expect(a.transposed == Matrix(rows: 3, columns: 2, elements: [1, 4, 2, 5, 3, 6]))
    #expect(a.transposed.transposed == a)
    #expect(a[1, 0] == 4)
  }

  @Test func products() {
    #expect(a.times(a.transposed) == Matrix(rows: 2, columns: 2, elements: [14, 32, 32, 77]))
    #expect(a.times(a) == nil)
    #expect(a.times(Matrix(column: [1, 0, -1])) == Matrix(column: [-2, -2]))
    #expect(Matrix(rows: 2, columns: 0).times(Matrix(rows: 0, columns: 2)) == Matrix(rows: 2, columns: 2))
  }

  /// An expression's product is the layer's own sum, to the bit.
  @Test func aLayersPreActivationsAreAProduct() throws {
    for inputs in [1, 7, 8, 9, 31] {
      var network = Network()
      network.inputs = inputs
      network.layers = [Layer(units: 3, activation: try .named("identity"), bias: .none)]
      var generator = Generator(seed: inputs)
      var line = Timeline(Experiment(network: network, data: .random(network, samples: 1, &generator)))
      line.train(1)
      let w = try #require(line.state.forwardValue(of: Quantity(.w, 1))).value
      let x = try line.state.value(of: Quantity(.x))
      #expect(w.times(x) == (try line.state.value(of: Quantity(.net, 1))), "\(inputs) inputs")
    }
  }
}
