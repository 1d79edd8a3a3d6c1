// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.connectot.quickstart.embedded.ConnectRest.Response;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ConnectorCreationTest {
  private static final String NO_ANSWER =
      "device 'hall1' cannot be reached: no answer within 5 s (to create the connector anyway,"
          + " set validate.connection=false)";

  private final ConnectorFile connector = new ConnectorFile("hall1", Map.of());
  private final Deque<Supplier<Response>> answers = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private long now;

  private final ConnectorCreation creation =
      new ConnectorCreation(
          asked -> answers.size() > 1 ? answers.remove().get() : answers.element().get(),
          Duration.ofMinutes(5),
          () -> now,
          pause -> now += pause.toNanos(),
          told::add);

  @Test
  void createsAtOnceWhereNothingIsInTheWay() throws Exception {
    answers.add(() -> answer(201, ""));

    creation.create(connector);

    assertThat(now).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void triesAgainWhileADeviceDoesNotAnswer() throws Exception {
    answers.add(() -> answer(400, NO_ANSWER));
    answers.add(() -> answer(400, NO_ANSWER));
    answers.add(() -> answer(201, ""));

    creation.create(connector);

    assertThat(answers).hasSize(1);
    assertThat(told)
        .singleElement()
        .asString()
        .contains("busy", "hall1", "up to 5 min", "no answer within 5 s");
  }

  @Test
  void triesAgainWhenTheWorkerTakesTooLong() throws Exception {
    answers.add(() -> answer(500, "Request timed out. The worker is currently flushing updates"));
    answers.add(
        () -> {
          throw new UncheckedIOException("PUT failed", new HttpTimeoutException("timed out"));
        });
    answers.add(() -> answer(201, ""));

    creation.create(connector);

    assertThat(answers).hasSize(1);
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    answers.add(() -> answer(400, NO_ANSWER));

    assertThatThrownBy(() -> creation.create(connector))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("refused connector hall1")
        .hasMessageContaining("no answer within 5 s");
    assertThat(Duration.ofNanos(now)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void doesNotRepeatWhatIsAMistake() {
    answers.add(() -> answer(400, "Failed to find any class that implements Connector"));

    assertThatThrownBy(() -> creation.create(connector))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("refused connector hall1")
        .hasMessageContaining("Failed to find any class");
    assertThat(now).isZero();
    assertThat(told).isEmpty();
  }

  private static Response answer(int code, String message) {
    return new Response(
        "PUT /connectors/hall1/config",
        code,
        JsonNodeFactory.instance.objectNode().put("message", message));
  }
}
