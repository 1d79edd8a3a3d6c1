// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import com.google.protobuf.CodedOutputStream;
import io.connectot.sparkplug.payload.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the fields of one message. A null value writes nothing. */
final class MessageOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** What is written into an output in memory. */
  private interface Write {
    void run() throws IOException;
  }

  void number(int field, Long value) {
    if (value != null) {
      write(() -> out.writeUInt64(field, value));
    }
  }

  void code(int field, DataType type) {
    write(() -> out.writeUInt32(field, type.code()));
  }

  /** Writes a flag that is false when it is not written. */
  void flag(int field, boolean value) {
    if (value) {
      bool(field, true);
    }
  }

  void bool(int field, boolean value) {
    write(() -> out.writeBool(field, value));
  }

  void single(int field, float value) {
    write(() -> out.writeFloat(field, value));
  }

  void real(int field, double value) {
    write(() -> out.writeDouble(field, value));
  }

  void text(int field, String value) {
    if (value != null) {
      write(() -> out.writeString(field, value));
    }
  }

  void bytes(int field, byte[] value) {
    if (value != null) {
      write(() -> out.writeByteArray(field, value));
    }
  }

  void message(int field, MessageOutput message) {
    bytes(field, message.toBytes());
  }

  byte[] toBytes() {
    write(out::flush);
    return bytes.toByteArray();
  }

  private static void write(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
