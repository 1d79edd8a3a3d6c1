// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/** Runs one of the processes of a box, in the foreground. */
public final class Main {
  private static final String USAGE =
      "usage: Main kafka|worker|uplink|check|status <edge.properties> [<folder of plugins>]";

  private Main() {}

  /** Runs a process until it is stopped. Exits with 2 if the configuration cannot be used. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length < 2) {
      System.err.println(USAGE);
      System.exit(2);
    }
    EdgeConfig config;
    try {
      config = EdgeConfig.read(Path.of(arguments[1]));
    } catch (EdgeConfigException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    switch (arguments[0]) {
      case "kafka" -> KafkaBroker.run(config);
      case "worker" -> {
        Connect<?> worker =
            new ConnectDistributed()
                .startConnect(ProcessProperties.worker(config, Path.of(arguments[2])));
        worker.awaitStop();
      }
      case "uplink" -> Uplink.run(config);
      case "check" -> check(config, arguments.length > 2 && arguments[2].equals("ports"));
      case "status" -> {
        List<String> lines = UplinkStatus.lines(config);
        lines.forEach(System.out::println);
      }
      default -> {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
  }

  private static void check(EdgeConfig config, boolean ports) throws IOException {
    List<String> errors = new ArrayList<>(Preflight.fileErrors(config));
    errors.addAll(Preflight.diskErrors(config));
    if (ports) {
      errors.addAll(Preflight.portErrors(config));
    }
    if (errors.isEmpty()) {
      System.out.println(config.file() + " can be used.");
    } else {
      errors.forEach(System.err::println);
      System.exit(2);
    }
  }
}
