import Testing

@testable import Engine

/// Many sums at once come to the bits of each by itself.
struct ProductsTests {
  private func numbers(_ count: Int, _ generator: inout Generator) -> [Double] {
    (0..<count).map { _ in generator.normal() }
  }

  /// As Accumulation.swift says: the first product as it is, each further one fused into the sum.
  private func sumInSequence(_ products: [(Double, Double)]) -> Double {
    products.dropFirst().reduce(products[0].0 * products[0].1) { $0.addingProduct($1.0, $1.1) }
  }

  @Test func productsInLanesAreThoseOfEachRowAndSample() {
    let seed = Int.random(in: 0..<1_000_000)
    var generator = Generator(seed: seed)
    for _ in 0..<300 {
      let (units, samples, count) = (
        generator.int(1..<12), generator.int(0..<20), generator.int(0..<40)
      )
      let (w, a) = (numbers(units * count, &generator), numbers(samples * count, &generator))
      let first = generator.int(0..<units)
      let rows = first..<first + generator.int(0..<units - first + 1)
      var found = Array(repeating: Double.infinity, count: samples * units)
      w.withUnsafeBufferPointer { w in
        a.withUnsafeBufferPointer { a in
          found.withUnsafeMutableBufferPointer { found in
            guard let w = w.baseAddress, let a = a.baseAddress, let to = found.baseAddress else { return }
            productsInLanes(w, rows, a, samples: samples, count: count, to: to, width: units)
          }
        }
      }
      for sample in 0..<samples where count > 0 {
        for unit in 0..<units {
          let own = dot(
            Array(w[unit * count..<(unit + 1) * count]), Array(a[sample * count..<(sample + 1) * count]), count: count)
          let wanted = rows.contains(unit) ? own : .infinity
          #expect(
            found[sample * units + unit].bitPattern == wanted.bitPattern,
            "row \(unit) of \(rows), sample \(sample) of \(samples), \(count) products, seed \(seed)")
        }
      }
    }
  }

  @Test func productsInSequenceAreThoseOfEachRowAndColumn() {
    let seed = Int.random(in: 0..<1_000_000)
    var generator = Generator(seed: seed)
    for round in 0..<300 {
      let (rows, terms, width) = (
        generator.int(0..<11), generator.int(1..<21), generator.int(1..<91)
      )
      let (left, right) = (numbers(rows * terms, &generator), numbers(terms * width, &generator))
      let first = generator.int(0..<width)
      let columns = first..<first + generator.int(0..<width - first + 1)
      let isTurned = round % 2 == 0
      var found = Array(repeating: Double.infinity, count: rows * width)
      var room = Array(repeating: 0.0, count: 8 * terms)
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          found.withUnsafeMutableBufferPointer { found in
            room.withUnsafeMutableBufferPointer { room in
              guard let left = left.baseAddress, let right = right.baseAddress, let to = found.baseAddress,
                let room = room.baseAddress
              else { return }
              // In one go, or the last terms behind the first.
              let parts = round % 3 == 0 && terms > 1 ? [0..<terms / 2, terms / 2..<terms] : [0..<terms]
              for part in parts {
                ProductsInSequence(
                  left: LeftFactors(
                    left + part.lowerBound * (isTurned ? rows : 1), row: isTurned ? 1 : terms,
                    term: isTurned ? rows : 1), terms: part.count, right: right + part.lowerBound * width, result: to,
                  width: width, goesOn: part.lowerBound > 0
                ).take(0..<rows, columns, room: room)
              }
            }
          }
        }
      }
      for row in 0..<rows {
        for column in 0..<width {
          let own = sumInSequence(
            (0..<terms).map { (right[$0 * width + column], left[isTurned ? $0 * rows + row : row * terms + $0]) })
          let wanted = columns.contains(column) ? own : .infinity
          #expect(
            found[row * width + column].bitPattern == wanted.bitPattern,
            "row \(row) of \(rows), column \(column) of \(columns), \(terms) products, seed \(seed)")
        }
      }
    }
  }
}
