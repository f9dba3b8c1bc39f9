import Engine
import Notation

extension Mistake {
  /// Slips in a factor, and in the samples that are taken.
  static let ofSizes: [Mistake] = [
    Mistake(
      "missing-half", "the 2 of the square's derivative is there once too often, or is lost",
      whole: { formula, _ in [2, 0.5].map { formula.expression.times($0) } }, reach: .outputGradient
    )
    .undoneOfWhole { side, _ in side.scaled(by: 2) },
    Mistake(
      "mean-over-outputs", "it is divided by the number of outputs, or is not",
      whole: { formula, subject in
        let outputs = Double(subject.network.outputs)
        return outputs > 1 ? [formula.expression.over(outputs), formula.expression.times(outputs)] : []
      }, reach: .outputGradient
    )
    .undoneOfWhole { side, place in side.scaled(by: Double(place.network.outputs)) },
    Mistake(
      "mean-or-sum", "it is the sum over the samples for their mean, or the mean for the sum",
      whole: { formula, subject in
        let samples = Double(subject.state.batch.count)
        let isMean = subject.state.experiment.reduction == .mean
        // What belongs to a sample is divided in a form of its own.
        let isSum = subject.quantity.kind.isOfSample || isMean
        return samples > 1 ? [isSum ? formula.expression.times(samples) : formula.expression.over(samples)] : []
      }, reach: .parameterGradients(.each)
    )
    .undone { node, _ in
      guard case .fold(let fold, Fold.overBatch, let bounds, let body) = node.kind, fold == .sum || fold == .mean else {
        return []
      }
      return [Expression(.fold(fold == .sum ? .mean : .sum, index: Fold.overBatch, bounds: bounds, body))]
    }
    .undoneOfWhole { side, place in side.scaled(by: Double(place.samples)) },
    Mistake(
      "mean-twice", "it is divided by the number of samples twice",
      whole: { formula, subject in
        let samples = Double(subject.state.batch.count)
        // What belongs to a sample is divided once by those who divide it there at all, which is a form of its own.
        let isOnce = subject.quantity.kind.isOfSample || subject.state.experiment.reduction == .mean
        return samples > 1 ? [formula.expression.over(isOnce ? samples : samples * samples)] : []
      }, reach: .parameterGradients(.each)),
    Mistake(
      "learning-rate-included", "the learning rate is in it already",
      whole: { formula, subject in
        let optimizer = subject.network.optimizer
        return subject.quantity.kind.gradientOf != nil && optimizer.rate != 1
          ? [formula.expression.times(optimizer.rate)] : []
      }, reach: .parameterGradients(.each)),
    Mistake(
      "last-sample-only", "of the batch only one sample is taken",
      samples: { subject in
        let count = subject.state.batch.count
        return !subject.quantity.kind.isOverSamples || count < 2 || count > mostSamples
          ? [] : (0..<count).reversed().map { [$0] }
      }, reach: .parameterGradients(.last)),
    Mistake(
      "wrong-sample", "it is worked out of another sample",
      samples: { subject in
        let count = subject.state.batch.count
        guard subject.quantity.kind.isOfSample, count <= mostSamples else { return [] }
        return (0..<count).filter { $0 != subject.state.selected }.map { [$0] }
      }, reach: .otherSample
    )
    .andOfNumbers { subject, _ in subject.foreign?.ofOtherSamples(in: subject) ?? [] },
    Mistake(
      "summed-bias", "one sum is taken for all biases of the layer",
      whole: { formula, subject in
        guard subject.quantity.kind == .db, let letter = formula.letters.first else { return [] }
        let sum = Expression(.fold(.sum, index: letter, bounds: nil, formula.expression))
        return [sum, Expression(.binary(.over, sum, .number(Double(subject.network.units(subject.quantity.layer)))))]
      }, reach: .parameterGradients(.each)),
  ]
}
