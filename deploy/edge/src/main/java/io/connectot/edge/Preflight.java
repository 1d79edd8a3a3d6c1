// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What only the machine can tell about a configuration, before a box is started. */
final class Preflight {
  private static final String LOOPBACK = "127.0.0.1";

  private Preflight() {}

  /** An error for each file of the configuration that cannot be read. */
  static List<String> fileErrors(EdgeConfig config) {
    List<String> errors = new ArrayList<>();
    config
        .central()
        .forEach(
            (key, value) -> {
              if (key.endsWith(".location") && !Files.isReadable(Path.of(value))) {
                errors.add(
                    EdgeConfig.CENTRAL
                        + key
                        + ": there is no file "
                        + value
                        + " that this user may read. Write the whole path, and allow the user of"
                        + " the box to read it.");
              }
            });
    return errors;
  }

  /** An error if the disk is smaller than what it may hold. */
  static List<String> diskErrors(EdgeConfig config) throws IOException {
    Path existing = config.dataDirectory().toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    long size = Files.getFileStore(existing).getTotalSpace();
    if (size >= config.diskLimit() + DiskGuard.LEAST_FREE) {
      return List.of();
    }
    return List.of(
        "disk.limit: "
            + ByteSize.text(config.diskLimit())
            + " is too much, because the disk of "
            + config.dataDirectory()
            + " has "
            + ByteSize.text(size)
            + ". Set less, and leave "
            + ByteSize.text(DiskGuard.LEAST_FREE)
            + " for other files.");
  }

  /** An error for each port that is in use, or address that this machine does not have. */
  static List<String> portErrors(EdgeConfig config) {
    List<String> errors = new ArrayList<>();
    check("kafka.port", LOOPBACK, config, errors);
    check("kafka.controller.port", LOOPBACK, config, errors);
    check("rest.port", config.get("rest.host"), config, errors);
    check("uplink.rest.port", LOOPBACK, config, errors);
    return errors;
  }

  private static void check(String key, String host, EdgeConfig config, List<String> errors) {
    int port = config.number(key);
    try (ServerSocket socket = new ServerSocket()) {
      // As Kafka does: connections of a former process may not be forgotten yet.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException | IllegalArgumentException e) {
      errors.add(
          key
              + ": cannot listen at "
              + host
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "). Another program has the port, for example another Kafka: set another one."
              + (host.equals(LOOPBACK) ? "" : " Or rest.host is not an address of this machine."));
    }
  }
}
