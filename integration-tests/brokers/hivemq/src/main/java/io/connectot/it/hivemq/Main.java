// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.hivemq;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs HiveMQ until the process is killed. */
public final class Main {
  /** Every bucket is a database. The default of 64 makes the start of a broker slow. */
  private static final int BUCKETS = 4;

  /**
   * Logs are allocated for the memory of all buckets together, which is this fraction of the
   * machine's memory. With the default of 1/32, every start writes 1 GB.
   */
  private static final int MEMORY_PORTION = 2_048;

  private Main() {}

  /** Takes one argument, a folder with a {@code config.xml}; the broker stores its data in it. */
  public static void main(String[] arguments) throws Exception {
    InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
    InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
    InternalConfigurations.PAYLOAD_PERSISTENCE_MEMTABLE_SIZE_PORTION.set(MEMORY_PORTION);
    Path directory = Path.of(arguments[0]);
    EmbeddedHiveMQ broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(directory)
            .withDataFolder(Files.createDirectories(directory.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
            .withEmbeddedExtension(
                EmbeddedExtension.builder()
                    .withId("first-message")
                    .withName("First message")
                    .withVersion("1")
                    .withExtensionMain(new FirstMessage())
                    .build())
            .build();
    broker.start().join();
  }
}
