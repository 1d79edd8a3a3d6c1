// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An unpacked plugin archive: the content of one element of a worker's {@code plugin.path}. */
final class Archive {
  private final List<String> entries;
  private final Path folder;

  private Archive(List<String> entries, Path folder) {
    this.entries = entries;
    this.folder = folder;
  }

  static Archive unpack(Path zip, Path target) throws IOException {
    List<String> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(entry.getName());
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("entry leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(in, file);
        }
      }
    }
    String name = zip.getFileName().toString();
    return new Archive(entries, target.resolve(name.substring(0, name.length() - ".zip".length())));
  }

  /** The names of all entries in the zip. */
  List<String> entries() {
    return entries;
  }

  /** The top-level folder of the archive. */
  Path folder() {
    return folder;
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  String text(String path) throws IOException {
    return Files.readString(file(path));
  }

  /** The files directly below a folder of the archive, by name. */
  List<Path> list(String path) throws IOException {
    try (var files = Files.list(file(path))) {
      return files.sorted().toList();
    }
  }

  List<Path> jars() throws IOException {
    return list("lib");
  }

  /**
   * Calls a consumer with the name and the bytes of every class in a jar, including
   * version-specific ones.
   */
  static void forEachClass(Path jar, BiConsumer<String, byte[]> action) {
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream in = new ZipInputStream(file)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().endsWith(".class")) {
          action.accept(entry.getName(), in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
