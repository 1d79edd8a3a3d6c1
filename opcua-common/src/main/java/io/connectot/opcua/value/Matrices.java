// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Arrays of several dimensions, in the form that is configured (OPC UA Part 6 §5.2.2.16). */
record Matrices(MatrixMode mode) {
  /** No machine has more, and each is a level of nesting. */
  private static final int MAX_DIMENSIONS = 16;

  private static final String FLAT = "Matrix";
  private static final String DIMENSIONS = "dimensions";
  private static final String ELEMENTS = "array";

  /**
   * A matrix of its elements.
   *
   * @param flat the elements, the last dimension changing fastest
   * @param dimensions the length of each dimension
   * @throws UndecodableException when the dimensions are not those of so many elements
   */
  Value of(ArrayValue flat, int[] dimensions) {
    long product = 1;
    for (int length : dimensions) {
      product = length < 0 || product > Integer.MAX_VALUE ? -1 : product * length;
      if (product <= 0) {
        break;
      }
    }
    if (product != flat.elements().size() || dimensions.length > MAX_DIMENSIONS) {
      throw new UndecodableException(
          "a matrix of "
              + dimensions.length
              + " dimensions does not have "
              + flat.elements().size()
              + " elements");
    }
    if (mode == MatrixMode.FLAT) {
      List<Value> lengths = new ArrayList<>(dimensions.length);
      for (int length : dimensions) {
        lengths.add(new LongValue(length));
      }
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put(DIMENSIONS, new ArrayValue(ValueType.INT32, lengths));
      fields.put(ELEMENTS, flat);
      return new StructValue(FLAT, fields);
    }
    return product == 0 || dimensions.length <= 1
        ? flat
        : nest(flat.elementType(), flat.elements(), dimensions, 0);
  }

  /** Whether a structure is a matrix in the flat form. */
  static boolean isFlat(StructValue structure) {
    return structure.typeName().equals(FLAT)
        && structure.fields().keySet().equals(Set.of(DIMENSIONS, ELEMENTS));
  }

  /** The same matrix in the flat form with other elements. */
  static StructValue withElements(StructValue matrix, UnaryOperator<Value> change) {
    Map<String, Value> fields = new LinkedHashMap<>(matrix.fields());
    fields.computeIfPresent(ELEMENTS, (name, elements) -> change.apply(elements));
    return new StructValue(FLAT, fields);
  }

  private static ArrayValue nest(
      ValueType type, List<Value> elements, int[] dimensions, int dimension) {
    if (dimension == dimensions.length - 1) {
      return new ArrayValue(type, elements);
    }
    int rows = dimensions[dimension];
    int size = elements.size() / rows;
    List<Value> nested = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      nested.add(
          nest(type, elements.subList(row * size, (row + 1) * size), dimensions, dimension + 1));
    }
    return new ArrayValue(ValueType.JSON, nested);
  }
}
