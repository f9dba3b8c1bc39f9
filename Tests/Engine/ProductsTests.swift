import Testing

@testable import Engine

/// Many sums at once come to the bits of each by itself, by the kernels of every vector that this processor has.
@Suite struct ProductsTests {
  private static let kernels = KernelWidth.allCases.filter { $0.rawValue <= KernelWidth.widest.rawValue }

  private func numbers(_ count: Int, _ generator: inout Generator) -> [Double] {
    (0..<count).map { _ in generator.normal() }
  }

  /// As Accumulation.swift says: the first product as it is, each further one fused into the sum.
  private func sumInSequence(_ products: [(Double, Double)]) -> Double {
    products.dropFirst().reduce(products[0].0 * products[0].1) { $0.addingProduct($1.0, $1.1) }
  }

  @Test(arguments: kernels) func productsInLanesAreThoseOfEachRowAndSample(kernels: KernelWidth) {
    let seed = Int.random(in: 0..<1_000_000)
    var generator = Generator(seed: seed)
    for round in 0..<300 {
      let (units, samples, count) = (
        generator.int(1..<12), generator.int(0..<20), generator.int(0..<(round % 50 == 0 ? 3000 : 40))
      )
      let (w, a) = (numbers(units * count, &generator), numbers(samples * count, &generator))
      let first = generator.int(0..<units)
      let rows = first..<first + generator.int(0..<units - first + 1)
      var found = Array(repeating: Double.infinity, count: samples * units)
      w.withUnsafeBufferPointer { w in
        a.withUnsafeBufferPointer { a in
          found.withUnsafeMutableBufferPointer { found in
            guard let w = w.baseAddress, let a = a.baseAddress, let to = found.baseAddress else { return }
            productsInLanes(w, rows, a, samples: samples, count: count, to: to, width: units, by: kernels)
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

  @Test(arguments: kernels) func productsInSequenceAreThoseOfEachRowAndColumn(kernels: KernelWidth) {
    let seed = Int.random(in: 0..<1_000_000)
    var generator = Generator(seed: seed)
    for round in 0..<300 {
      let (rows, terms, width) = (
        generator.int(0..<(round % 50 == 0 ? 230 : 30)), generator.int(1..<(round % 20 == 0 ? 300 : 21)),
        generator.int(1..<91)
      )
      let (left, right) = (numbers(rows * terms, &generator), numbers(terms * width, &generator))
      let first = generator.int(0..<width)
      let columns = first..<first + generator.int(0..<width - first + 1)
      let isTurned = round % 2 == 0
      var found = Array(repeating: Double.infinity, count: rows * width)
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          found.withUnsafeMutableBufferPointer { found in
            guard let left = left.baseAddress, let right = right.baseAddress, let to = found.baseAddress else { return }
            // In one go, or the last terms behind the first.
            let parts = round % 3 == 0 && terms > 1 ? [0..<terms / 2, terms / 2..<terms] : [0..<terms]
            for part in parts {
              ProductsInSequence(
                left: LeftFactors(
                  left + part.lowerBound * (isTurned ? rows : 1), row: isTurned ? 1 : terms,
                  term: isTurned ? rows : 1), terms: part.count, right: right + part.lowerBound * width, result: to,
                width: width, goesOn: part.lowerBound > 0
              ).take(0..<rows, columns, by: kernels)
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

  /// Weights go down gradients as if each were kept, divided, multiplied and added, one after another.
  @Test(arguments: kernels) func descentIsThatOfTheGradients(kernels: KernelWidth) {
    let seed = Int.random(in: 0..<1_000_000)
    var generator = Generator(seed: seed)
    for round in 0..<200 {
      let (units, samples, inputs) = (
        generator.int(1..<20), generator.int(2..<(round % 20 == 0 ? 300 : 40)), generator.int(1..<70)
      )
      let (deltas, inputsOfAll) = (numbers(samples * units, &generator), numbers(samples * inputs, &generator))
      let (before, factor) = (numbers(units * inputs, &generator), generator.normal())
      var (found, gradients) = (before, before.map { _ in Double.nan })
      deltas.withUnsafeBufferPointer { delta in
        inputsOfAll.withUnsafeBufferPointer { a in
          found.withUnsafeMutableBufferPointer { w in
            gradients.withUnsafeMutableBufferPointer { dw in
              guard let delta = delta.baseAddress, let a = a.baseAddress, let w = w.baseAddress, let dw = dw.baseAddress
              else { return }
              ProductsInSequence(
                left: LeftFactors(delta, row: 1, term: units), terms: samples, right: a, result: dw, width: inputs
              ).take(
                0..<units, descending: Descent(weights: w, divisor: Divisor(Double(samples)), factor: factor),
                by: kernels)
            }
          }
        }
      }
      for unit in 0..<units {
        for input in 0..<inputs {
          let sum = sumInSequence((0..<samples).map { (deltas[$0 * units + unit], inputsOfAll[$0 * inputs + input]) })
          let wanted = before[unit * inputs + input] + sum / Double(samples) * factor
          #expect(
            found[unit * inputs + input].bitPattern == wanted.bitPattern,
            "w[\(unit),\(input)] of \(units)x\(inputs), \(samples) samples, seed \(seed)")
        }
      }
    }
  }

  /// Weights that go down while the next sample's sums are taken are those of one step after the other.
  @Test(arguments: kernels) func descentAheadIsDescentAndThenSums(kernels: KernelWidth) {
    let seed = Int.random(in: 0..<1_000_000)
    var generator = Generator(seed: seed)
    for _ in 0..<200 {
      let (rows, count) = (generator.int(1..<21), generator.int(1..<40))
      var w = numbers(rows * count, &generator)
      let (x, deltas, next) = (
        numbers(count, &generator), numbers(rows, &generator), numbers(count, &generator)
      )
      let factor = -generator.unit()
      let wanted = w.indices.map { w[$0] + x[$0 % count] * deltas[$0 / count] * factor }
      var sums = Array(repeating: Double.infinity, count: rows)
      w.withUnsafeMutableBufferPointer { w in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let w = w.baseAddress, let sums = sums.baseAddress else { return }
          descend(w, x, times: deltas, factor, rows: rows, count, ahead: next, to: sums, by: kernels)
        }
      }
      #expect(w.map(\.bitPattern) == wanted.map(\.bitPattern), "\(rows)×\(count), seed \(seed)")
      for row in 0..<rows {
        let sum = dot(Array(wanted[row * count..<(row + 1) * count]), next, count: count)
        #expect(sums[row].bitPattern == sum.bitPattern, "row \(row) of \(rows), \(count) products, seed \(seed)")
      }
    }
  }
}
