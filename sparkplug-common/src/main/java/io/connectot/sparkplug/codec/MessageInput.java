// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import com.google.protobuf.CodedInputStream;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.UntypedInteger;
import io.connectot.sparkplug.payload.Utf8Text;
import java.io.IOException;

/** Reads fields of messages within limits. Used by one thread, for one payload. */
final class MessageInput {
  /** How many fields for scalar values a message with values has. */
  static final int SCALARS = 6;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final CodedInputStream in;
  private final DecoderLimits limits;

  private int tag;
  private int depth;
  private int elements;

  MessageInput(byte[] bytes, DecoderLimits limits) {
    this.in = CodedInputStream.newInstance(bytes);
    this.limits = limits;
  }

  /** Begins the message at the current position, whose end is returned for {@link #end}. */
  int begin() throws IOException, MalformedPayloadException {
    int length = in.readRawVarint32();
    return in.pushLimit(length);
  }

  /** Begins a message that may contain others of its kind. */
  int beginNested() throws IOException, MalformedPayloadException {
    if (++depth > limits.maxDepth()) {
      throw new MalformedPayloadException(
          "templates or property sets are nested deeper than " + limits.maxDepth());
    }
    return begin();
  }

  void end(int outer) {
    in.popLimit(outer);
  }

  void endNested(int outer) {
    depth--;
    end(outer);
  }

  /** The number of the next field; 0 at the end of the message. */
  int nextField() throws IOException {
    tag = in.readTag();
    return tag >>> 3;
  }

  /** Skips the field, which is not known or has another wire type than it should. */
  void skip() throws IOException, MalformedPayloadException {
    if (!in.skipField(tag)) {
      throw new MalformedPayloadException("a group ends that did not begin");
    }
  }

  boolean isVarint() {
    return (tag & 7) == VARINT;
  }

  boolean isDelimited() {
    return (tag & 7) == DELIMITED;
  }

  /** Counts elements, so that a small payload cannot fill the memory. */
  void count(long more) throws MalformedPayloadException {
    if (more > limits.maxElements() - elements) {
      throw new MalformedPayloadException(
          "the payload has more than " + limits.maxElements() + " elements");
    }
    elements += (int) more;
  }

  int remaining() {
    return in.getBytesUntilLimit();
  }

  Long number() throws IOException {
    return in.readRawVarint64();
  }

  int code() throws IOException {
    return in.readRawVarint32();
  }

  boolean bool() throws IOException {
    return in.readBool();
  }

  byte[] bytes() throws IOException {
    return in.readByteArray();
  }

  /** Text that identifies something, so that there is no payload when it is not UTF-8. */
  String text() throws IOException {
    return in.readStringRequireUtf8();
  }

  /**
   * The scalar value in field {@code index} of the six that messages with values have in the same
   * order: int, long, float, double, boolean, string. Null when the wire type is another; the field
   * is skipped then.
   */
  MetricValue scalar(int index) throws IOException, MalformedPayloadException {
    int wireType = tag & 7;
    switch (index) {
      case 0 -> {
        if (wireType == VARINT) {
          return new UntypedInteger(Integer.toUnsignedLong(in.readRawVarint32()));
        }
      }
      case 1 -> {
        if (wireType == VARINT) {
          return new UntypedInteger(in.readRawVarint64());
        }
      }
      case 2 -> {
        if (wireType == FIXED32) {
          return new FloatValue(in.readFloat());
        }
      }
      case 3 -> {
        if (wireType == FIXED64) {
          return new DoubleValue(in.readDouble());
        }
      }
      case 4 -> {
        if (wireType == VARINT) {
          return BooleanValue.of(in.readBool());
        }
      }
      case 5 -> {
        if (wireType == DELIMITED) {
          byte[] text = in.readByteArray();
          return Utf8Text.of(text, 0, text.length);
        }
      }
      default -> throw new IllegalArgumentException("no scalar field " + index);
    }
    skip();
    return null;
  }
}
