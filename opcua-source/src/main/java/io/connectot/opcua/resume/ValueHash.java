// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import java.lang.reflect.Array;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * A hash of a value and its status, the same in every JVM, by which a value that was in Kafka
 * before is known again among those of the same instant.
 */
public final class ValueHash {
  /** Severity and sub-code; what is below differs between live values and history. */
  private static final long STATUS_MASK = 0xFFFF0000L;

  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private ValueHash() {}

  /** The hash of the value and the code of its status, without times. */
  public static long of(DataValue value) {
    StatusCode status = value.statusCode();
    long code = status == null ? 0 : status.value() & STATUS_MASK;
    Variant variant = value.value();
    return mix(code * PRIME + hash(variant == null ? null : variant.value()));
  }

  private static long hash(Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof Number || value instanceof Boolean) {
      return mix(value.hashCode() + PRIME);
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value.getClass().isArray()) {
      return array(value);
    }
    if (value instanceof ExtensionObject object) {
      return mix(hash(object.getBody()) + object.getEncodingOrTypeId().hashCode());
    }
    if (value instanceof Matrix matrix) {
      return mix(hash(matrix.getElements()) + hash(matrix.getDimensions()));
    }
    if (value instanceof Variant variant) {
      return hash(variant.value());
    }
    if (value instanceof DataValue nested) {
      return of(nested);
    }
    if (value instanceof Enum<?> constant) {
      return text(constant.name());
    }
    // The remaining built-in types have value semantics over strings and numbers.
    return mix(value.hashCode());
  }

  private static long array(Object array) {
    long result = PRIME;
    int length = Array.getLength(array);
    for (int i = 0; i < length; i++) {
      result = mix(result * 31 + hash(Array.get(array, i)));
    }
    return result;
  }

  private static long text(String text) {
    return mix(text.hashCode() * PRIME + text.length());
  }

  /** Spreads what differs in few bits over all of them: the finalizer of SplitMix64. */
  public static long mix(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
