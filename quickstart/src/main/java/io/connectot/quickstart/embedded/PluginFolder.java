// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A folder for a worker's {@code plugin.path} with unpacked plugin archives.
 *
 * @param path the folder
 */
public record PluginFolder(Path path) {

  /** Empties the folder and unpacks one archive into it. */
  public static PluginFolder unpack(Path zip, Path folder) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
    Path root = folder.toAbsolutePath().normalize();
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException(
              zip + " contains an entry outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(entries, target);
        }
      }
    }
    return new PluginFolder(root);
  }

  /** The example configurations of all plugins in the folder, by file name. */
  public List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files
          .filter(file -> file.getParent().endsWith("etc") && file.toString().endsWith(".json"))
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    }
  }

  /** Whether a plugin in the folder brings the console. */
  public boolean hasConsole() {
    try (Stream<Path> files = Files.walk(path)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("connect-ot-console"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all that is in it; does nothing if it does not exist. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
