// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.spi.line.LineException;
import java.util.ArrayList;
import java.util.List;

/** The elements of a matrix in the order of OPC UA, the last dimension first. */
public record FlatMatrix(List<Integer> dimensions, List<Value> elements) {
  /**
   * Flattens arrays of arrays.
   *
   * @throws LineException if they do not have the same lengths
   */
  public static FlatMatrix of(ArrayValue array) throws LineException {
    FlatMatrix flat = new FlatMatrix(new ArrayList<>(), new ArrayList<>());
    flat.add(array, 0);
    return flat;
  }

  private void add(ArrayValue array, int depth) throws LineException {
    if (dimensions.size() == depth) {
      dimensions.add(array.elements().size());
    } else if (dimensions.get(depth) != array.elements().size()) {
      throw new LineException("the inner arrays of a matrix must have the same length");
    }
    for (Value element : array.elements()) {
      if (element instanceof ArrayValue inner) {
        add(inner, depth + 1);
      } else if (dimensions.size() != depth + 1) {
        throw new LineException("a matrix has arrays beside single values");
      } else {
        elements.add(element);
      }
    }
  }
}
