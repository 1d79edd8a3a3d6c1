// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.value.BuiltinEncoder;
import io.connectot.opcua.value.FlatMatrix;
import java.lang.reflect.Array;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** Makes variants of values for nodes. Thread-safe. */
final class VariantEncoder {
  private final BuiltinEncoder builtins;

  VariantEncoder(NamespaceTable namespaces) {
    this.builtins = new BuiltinEncoder(namespaces);
  }

  /**
   * The variant of a value.
   *
   * @param form of the node; a rank of more than one is a matrix
   * @throws LineException when the value is not of the form, saying why
   */
  Variant encode(Value value, NodeForm form) throws LineException {
    if (value instanceof ArrayValue != form.isArray()) {
      throw new LineException(
          form.isArray()
              ? "the node takes an array"
              : "the node takes a single value, not an array");
    }
    if (!(value instanceof ArrayValue array)) {
      return new Variant(single(value, form));
    }
    FlatMatrix flat = FlatMatrix.of(array);
    int depth = flat.dimensions().size();
    if (form.rank() > 0 && depth != form.rank()) {
      throw new LineException(
          "the node has arrays of "
              + form.rank()
              + " dimensions, the value has "
              + depth
              + " dimensions");
    }
    Object elements = Array.newInstance(form.type().getBackingClass(), flat.elements().size());
    for (int i = 0; i < flat.elements().size(); i++) {
      Array.set(elements, i, single(flat.elements().get(i), form));
    }
    return depth == 1
        ? new Variant(elements)
        : new Variant(
            new Matrix(
                elements,
                flat.dimensions().stream().mapToInt(Integer::intValue).toArray(),
                form.type()));
  }

  private Object single(Value value, NodeForm form) throws LineException {
    return form.structure() == null
        ? builtins.of(value, form.type())
        : form.structure().encode(value);
  }
}
