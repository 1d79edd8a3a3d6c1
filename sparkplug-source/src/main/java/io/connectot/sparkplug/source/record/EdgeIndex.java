// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.record;

import io.connectot.core.model.SourcePosition;
import io.connectot.sparkplug.topic.EdgeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The edge nodes and devices of which something is stored. Changed by one thread at a time; {@link
 * #position} is for any.
 */
final class EdgeIndex {
  /** More are not remembered over a restart; their births are requested then. */
  private static final int MOST = 50_000;

  private final String hostId;
  private final Set<EdgeId> ids = new LinkedHashSet<>();
  private volatile SourcePosition position;
  private volatile boolean changed;

  EdgeIndex(String hostId) {
    this.hostId = hostId;
  }

  void add(EdgeId id) {
    if (!ids.contains(id) && ids.size() < MOST) {
      ids.add(id);
      changed = true;
    }
  }

  /** Makes the position anew if there are new ids. By the thread that adds them. */
  void update() {
    if (changed) {
      changed = false;
      position = new EdgePosition(partition(hostId), Map.of(EdgeOffset.EDGES, text()));
    }
  }

  /** Null when there are none. */
  SourcePosition position() {
    return position;
  }

  static Map<String, String> partition(String hostId) {
    return Map.of(EdgeOffset.HOST, hostId);
  }

  private String text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      for (EdgeId id : ids) {
        out.write((id.path() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** Reads what {@link #position} has; nodes before their devices. Empty for another form. */
  static List<EdgeId> read(Map<String, ?> offset) {
    if (offset == null || !(offset.get(EdgeOffset.EDGES) instanceof String text)) {
      return List.of();
    }
    List<EdgeId> nodes = new ArrayList<>();
    List<EdgeId> devices = new ArrayList<>();
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(EdgeId::parse)
          .forEach(id -> (id.isNode() ? nodes : devices).add(id));
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
    nodes.addAll(devices);
    return nodes;
  }
}
