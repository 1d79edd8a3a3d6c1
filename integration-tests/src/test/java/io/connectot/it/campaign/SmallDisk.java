// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tmpfs that can be made full by shrinking it to its used size. Needs root. For one thread. */
final class SmallDisk implements AutoCloseable {
  /** Room for an existing file to grow a little, but not for a new segment. */
  private static final long REST = 64 << 10;

  private final Path directory;
  private final long size;
  private final Thread hook = new Thread(this::unmount, "unmount");

  /** Mounts a tmpfs with a size in bytes. */
  SmallDisk(long size) throws IOException {
    this.size = size;
    // Outside the build directory, which cannot be deleted while the tmpfs is mounted in it.
    this.directory = Files.createTempDirectory("kafka-disk");
    run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Path directory() {
    return directory;
  }

  /** Makes the disk full. */
  void fill() throws IOException {
    FileStore store = Files.getFileStore(directory);
    IOException last = null;
    for (int attempt = 0; attempt < 10; attempt++) {
      long used = store.getTotalSpace() - store.getUnallocatedSpace();
      try {
        resize(used + REST);
        return;
      } catch (IOException e) {
        // More space is in use meanwhile; retried.
        last = e;
      }
    }
    throw last;
  }

  /** Frees space. */
  void free() throws IOException {
    resize(size);
  }

  private void resize(long bytes) throws IOException {
    run("mount", "-o", "remount,size=" + bytes, directory.toString());
  }

  @Override
  public void close() {
    unmount();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void unmount() {
    try {
      run("umount", "-l", directory.toString());
      Files.delete(directory);
    } catch (IOException e) {
      System.err.println("Not unmounted: " + e.getMessage());
    }
  }

  private static void run(String... command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(List.of(command) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(List.of(command) + " was interrupted", e);
    }
  }
}
