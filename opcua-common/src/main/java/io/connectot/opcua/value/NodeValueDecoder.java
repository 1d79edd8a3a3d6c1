// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.value.type.EnumLabels;
import java.lang.reflect.Array;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/**
 * Reads the values of one node. Thread-safe.
 *
 * <p>A value with a BAD status is BAD and has none. What the server vouches for but holds nothing,
 * or cannot be decoded, is UNCERTAIN without a value; its status has the cause.
 */
public final class NodeValueDecoder {
  private static final String DECODING_ERROR = "0x80070000 Bad_DecodingError: ";
  private static final String NO_VALUE = "0x00000000 Good, but there is no value";

  private final Point<?> point;
  private final BuiltinValues values;
  private final ValueSettings settings;
  private final Scaling scaling;

  /** Null for a node that is not an enumeration. */
  private final EnumLabels labels;

  /** Null if the tag line declares no type. */
  private final DeclaredType declared;

  /** Whether the tag line selects a single element of an array. */
  private final boolean element;

  NodeValueDecoder(
      Point<?> point, BuiltinValues values, ValueSettings settings, EnumLabels labels) {
    this.point = point;
    this.values = values;
    this.settings = settings;
    this.scaling = point.tag().scaling().isIdentity() ? null : point.tag().scaling();
    this.labels = labels;
    OpcUaTag tag = point.tag().address() instanceof OpcUaTag address ? address : null;
    this.declared = tag == null ? null : tag.declared().map(DeclaredType::new).orElse(null);
    this.element = tag != null && tag.item().selectsElement();
  }

  /**
   * Reads a value. Waits for the server, at most as long as configured, for the first value of a
   * structure whose type was not loaded; so not to be called on a thread that delivers answers.
   *
   * @param receivedNanos when it came, epoch nanoseconds
   * @param position its position in the source, or null
   */
  public Measurement read(DataValue value, long receivedNanos, SourcePosition position) {
    // OPC UA Part 6 §5.2.2.17: what is left out is Good, and null.
    StatusCode code = value.statusCode() == null ? StatusCode.GOOD : value.statusCode();
    Object raw = value.value() == null ? null : value.value().value();
    Quality quality = StatusInfo.quality(code);
    String status = StatusInfo.textOrNull(code);
    Value converted = null;
    if (quality != Quality.BAD) {
      try {
        converted = convert(element ? single(raw) : raw);
        if (converted == null && quality == Quality.GOOD) {
          quality = Quality.UNCERTAIN;
          status = status == null ? NO_VALUE : status + ", but there is no value";
        }
        String undecoded = RawBody.reasonIn(converted);
        if (undecoded != null) {
          quality = Quality.UNCERTAIN;
          status = DECODING_ERROR + undecoded;
        }
      } catch (UndecodableException e) {
        quality = Quality.UNCERTAIN;
        status = DECODING_ERROR + e.getMessage();
      }
    }
    return new Measurement(
        point,
        SourceTime.nanos(value, settings.time(), receivedNanos),
        receivedNanos,
        converted,
        quality,
        status,
        position);
  }

  private Value convert(Object raw) {
    if (labels != null && raw != null) {
      Value labelled = labelled(raw);
      if (labelled != null) {
        return declared == null ? labelled : declared.of(labelled);
      }
    }
    Value value = values.of(raw);
    Value result = scaling == null || value == null ? value : scaled(value);
    return declared == null ? result : declared.of(result);
  }

  /** The only element of an array; anything else as it is. */
  private static Object single(Object raw) {
    Object array = raw instanceof Matrix matrix ? matrix.getElements() : raw;
    return array != null && array.getClass().isArray() && Array.getLength(array) == 1
        ? Array.get(array, 0)
        : raw;
  }

  /** Null for anything but a number or an array of numbers. */
  private Value labelled(Object raw) {
    if (raw instanceof Number number) {
      return labels.value(number.longValue(), settings.enums(), false);
    }
    if (!(raw instanceof Number[] numbers)) {
      return null;
    }
    Value[] elements = new Value[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      elements[i] =
          numbers[i] == null
              ? NullValue.NULL
              : labels.value(numbers[i].longValue(), settings.enums(), true);
    }
    return new ArrayValue(
        settings.enums() == EnumMode.NUMBER ? ValueType.INT64 : ValueType.STRING,
        List.of(elements));
  }

  /** Scales a number, and each number of an array or matrix. */
  private Value scaled(Value value) {
    if (value instanceof ArrayValue array) {
      return array.elements().stream().anyMatch(NodeValueDecoder::isScaled)
          ? new ArrayValue(
              array.elementType() == ValueType.JSON ? ValueType.JSON : ValueType.FLOAT64,
              array.elements().stream().map(this::scaled).toList())
          : array;
    }
    if (value instanceof StructValue matrix && Matrices.isFlat(matrix)) {
      return Matrices.withElements(matrix, this::scaled);
    }
    if (value instanceof DoubleValue number) {
      return new DoubleValue(scaling.apply(number.value()));
    }
    if (value instanceof BigValue number) {
      return new DoubleValue(scaling.apply(number.value()));
    }
    return value instanceof LongValue number
        ? new DoubleValue(scaling.apply(number.value()))
        : value;
  }

  private static boolean isScaled(Value value) {
    return value instanceof LongValue
        || value instanceof BigValue
        || value instanceof DoubleValue
        || value instanceof ArrayValue;
  }
}
