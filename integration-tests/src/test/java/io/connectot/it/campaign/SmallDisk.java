// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system in memory that can be full, for which it is made as small as what it holds. Only
 * root may have one. For one thread.
 */
final class SmallDisk implements AutoCloseable {
  /** So that a file that is there can grow a little, and a new one cannot. */
  private static final long REST = 64 << 10;

  private final Path directory;
  private final long size;
  private final Thread hook = new Thread(this::unmount, "unmount");

  /** Mounts one of a size in bytes. */
  SmallDisk(long size) throws IOException {
    this.size = size;
    // Not below the build's own folder, which nobody could delete while something is mounted there.
    this.directory = Files.createTempDirectory("kafka-disk");
    run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Path directory() {
    return directory;
  }

  /** From now on it takes next to nothing more. */
  void fill() throws IOException {
    FileStore store = Files.getFileStore(directory);
    IOException last = null;
    for (int attempt = 0; attempt < 10; attempt++) {
      long used = store.getTotalSpace() - store.getUnallocatedSpace();
      try {
        resize(used + REST);
        return;
      } catch (IOException e) {
        // Meanwhile it holds more than that.
        last = e;
      }
    }
    throw last;
  }

  /** There is room again. */
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
