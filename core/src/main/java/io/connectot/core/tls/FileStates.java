// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import io.connectot.core.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The state of the files of the stores, by which a change of one is seen. Immutable. */
record FileStates(List<State> states) {
  private record State(String file, FileTime modified, long size, Object identity) {}

  /** The state now. Links are followed. */
  static FileStates of(Configuration config) {
    List<State> states = new ArrayList<>();
    Stream.of(TlsConfig.TRUSTSTORE, TlsConfig.KEYSTORE, TlsConfig.PRIVATE_KEY_FILE)
        .flatMap(key -> config.get(key).stream())
        .forEach(file -> states.add(state(file)));
    return new FileStates(List.copyOf(states));
  }

  private static State state(String file) {
    try {
      BasicFileAttributes now = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
      return new State(file, now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException | InvalidPathException e) {
      return new State(file, FileTime.fromMillis(0), -1, null);
    }
  }
}
