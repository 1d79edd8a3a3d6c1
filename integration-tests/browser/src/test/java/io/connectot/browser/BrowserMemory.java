// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The memory of the browser's processes, as Linux counts it: shared pages count in part (PSS). */
final class BrowserMemory {
  private static final long MIB = 1024 * 1024;

  private BrowserMemory() {}

  /** Prints the memory of the page and of the whole browser. */
  static void print(String page, Browser browser) {
    System.out.printf(
        "Memory of %s: %d MiB of objects, %d MiB of the page's process, %d MiB of all processes%n",
        page, browser.scriptHeap() / MIB, largestPage() / MIB, sum(pss("chromium")) / MIB);
  }

  /** The bytes of the largest process that shows a page. */
  static long largestPage() {
    return pss("--type=renderer").stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static long sum(List<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }

  /** The sizes of this test's processes whose command line has a text. */
  private static List<Long> pss(String text) {
    List<Long> sizes = new ArrayList<>();
    for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
      Path directory = Path.of("/proc", Long.toString(process.pid()));
      try {
        String command =
            Files.readString(directory.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        if (command.contains(text)) {
          Files.readAllLines(directory.resolve("smaps_rollup")).stream()
              .filter(line -> line.startsWith("Pss:"))
              .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
              .forEach(sizes::add);
        }
      } catch (IOException e) {
        // The process has ended, so it has no memory.
      }
    }
    return sizes;
  }
}
