// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding;
import io.connectot.core.spi.line.LineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryJobsTest {
  private static final Duration LONG = Duration.ofHours(1);

  /** The delays of what was timed, and what it was, until it is cancelled. */
  private final Map<Duration, Runnable> timed = new ConcurrentHashMap<>();

  private final DiscoveryJobs jobs =
      new DiscoveryJobs(
          new DiscoveryCatalog(List.of()),
          new SecretResolver(Map.of()),
          LONG,
          (delay, task) -> {
            timed.put(delay, task);
            return new CompletableFuture<Void>() {
              @Override
              public boolean cancel(boolean interrupt) {
                return timed.remove(delay, task);
              }
            };
          });

  @AfterEach
  void close() {
    jobs.close();
  }

  @FunctionalInterface
  private interface Body {
    void run(DiscoveryRequest request, DiscoveryRun run) throws LineException, InterruptedException;
  }

  private Discovery discovery(Body body) {
    return new Discovery() {
      @Override
      public String title() {
        return "test";
      }

      @Override
      public String connectorClass() {
        return "test.Connector";
      }

      @Override
      public String addressKey() {
        return "devices.";
      }

      @Override
      public String addressExample() {
        return "test://host";
      }

      @Override
      public List<DiscoveryMethod> methods() {
        return List.of(DiscoveryMethod.of("all", "All"));
      }

      @Override
      public void discover(DiscoveryRequest request, DiscoveryRun run)
          throws LineException, InterruptedException {
        body.run(request, run);
      }
    };
  }

  private DiscoveryJob start(Body body, Map<String, String> config) {
    return jobs.start(
            discovery(body), new DiscoveryRequest("all", "test://host", config, "", Map.of()))
        .orElseThrow();
  }

  private static void awaitEnd(DiscoveryJob job) {
    while (job.isRunning()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void keepsWhatIsFound() {
    DiscoveryJob job = start((request, run) -> run.add(new Finding.Node("1", "a")), Map.of());
    awaitEnd(job);
    assertThat(job.run().findings()).hasSize(1);
    assertThat(job.problem()).isNull();
    assertThat(jobs.find(job.id())).contains(job);
    assertThat(job.id()).hasSize(32);
  }

  @Test
  void noAnswerHasASecret() {
    DiscoveryJob job =
        start(
            (request, run) -> {
              assertThat(request.config().get("opcua.auth.password")).isEqualTo("hunter2");
              throw new LineException("the server refuses hunter2 of reader");
            },
            Map.of("opcua.auth.password", "hunter2"));
    awaitEnd(job);
    assertThat(job.problem()).isEqualTo("the server refuses [hidden] of reader");
    assertThat(job.masked("unit=hunter2")).isEqualTo("unit=[hidden]");
  }

  @Test
  void anUnexpectedFailureShowsItsClassOnly() {
    DiscoveryJob job =
        start(
            (request, run) -> {
              throw new IllegalStateException("internal detail");
            },
            Map.of());
    awaitEnd(job);
    assertThat(job.problem()).contains("IllegalStateException").doesNotContain("internal");
  }

  /** Waits until it is interrupted. */
  private static void hang(DiscoveryRequest request, DiscoveryRun run) throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Test
  void endsOneThatIsCancelled() {
    DiscoveryJob job = start(DiscoveryJobsTest::hang, Map.of());
    jobs.cancel(job.id());
    assertThat(jobs.find(job.id())).isEmpty();
    awaitEnd(job);
    assertThat(job.run().isCancelled()).isTrue();
  }

  @Test
  void endsOneThatTakesTooLong() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    DiscoveryJob job =
        start(
            (request, run) -> {
              started.countDown();
              hang(request, run);
            },
            Map.of());
    started.await();
    timed.get(LONG).run();
    awaitEnd(job);
    assertThat(job.problem()).isEqualTo("stopped after 3600 s, the longest time");
  }

  @Test
  void forgetsFindingsAfterFiveMinutes() {
    DiscoveryJob job = start((request, run) -> run.add(new Finding.Node("1", "a")), Map.of());
    while (!timed.containsKey(Duration.ofMinutes(5))) {
      Thread.onSpinWait();
    }
    assertThat(timed).containsOnlyKeys(Duration.ofMinutes(5));
    assertThat(jobs.find(job.id())).contains(job);
    timed.get(Duration.ofMinutes(5)).run();
    assertThat(jobs.find(job.id())).isEmpty();
  }

  @Test
  void runsAFewAtATimeOnly() {
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      start((request, run) -> go.await(), Map.of());
    }
    assertThat(
            jobs.start(
                discovery((request, run) -> {}),
                new DiscoveryRequest("all", "test://host", Map.of(), "", Map.of())))
        .isEmpty();
    go.countDown();
  }
}
