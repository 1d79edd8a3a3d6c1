// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.topic.EdgeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Births as short texts: names, aliases, types and units, compressed. */
public final class BirthText {
  /** Longer texts are not made, so that a store with bounded entries can keep them. */
  public static final int MAX_LENGTH = 256 * 1024;

  private static final int VERSION = 1;
  private static final int MAX_METRICS = 1_000_000;

  private BirthText() {}

  /** The text of a birth; empty when it would be too long. */
  public static Optional<String> of(Birth birth) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeByte(VERSION);
      out.writeInt(birth.size());
      for (MetricDefinition definition : birth.definitions()) {
        out.writeUTF(definition.name());
        out.writeBoolean(definition.alias() != null);
        if (definition.alias() != null) {
          out.writeLong(definition.alias());
        }
        out.writeByte(definition.type().code());
        out.writeUTF(definition.unit() == null ? "" : definition.unit());
      }
    } catch (IOException e) {
      return Optional.empty(); // a name longer than 64 KiB
    }
    String text = Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    return text.length() > MAX_LENGTH ? Optional.empty() : Optional.of(text);
  }

  /** Reads a text; empty when it is not one. */
  public static Optional<Birth> read(EdgeId id, String text) {
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text))))) {
      int version = in.readByte();
      int size = in.readInt();
      if (version != VERSION || size < 0 || size > MAX_METRICS) {
        return Optional.empty();
      }
      List<MetricDefinition> definitions = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        String name = in.readUTF();
        Long alias = in.readBoolean() ? in.readLong() : null;
        DataType type = DataType.of(in.readByte());
        String unit = in.readUTF();
        definitions.add(new MetricDefinition(i, name, alias, type, unit.isEmpty() ? null : unit));
      }
      return Optional.of(Birth.restored(id, definitions));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
