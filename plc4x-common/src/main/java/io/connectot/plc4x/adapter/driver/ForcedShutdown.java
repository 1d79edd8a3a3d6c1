// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.plc4x.java.api.PlcDriver;
import org.apache.plc4x.java.spi.Plc4xProtocolBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Terminates the threads and sockets of a connection in any state of its driver.
 *
 * <p>A driver that waits for an answer cannot be closed, and some drivers leak threads on close.
 * Therefore this class walks the fields of the driver's objects and terminates channels, event
 * loops, executors, timers and threads. It ignores static fields, which all connections share.
 */
final class ForcedShutdown {
  private static final Logger LOG = LoggerFactory.getLogger(ForcedShutdown.class);
  private static final String VISITED_PACKAGES = "org.apache.plc4x.";

  /** More objects than a connection holds, except during a large browse. */
  private static final int MAX_OBJECTS = 20_000;

  private static final Duration SECOND_PASS_DELAY = Duration.ofSeconds(1);

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private final Deque<Runnable> endings = new ArrayDeque<>();

  private ForcedShutdown() {}

  /**
   * Terminates the resources of a driver object: sockets at once, resources that take time on a
   * separate thread, and resources that the driver was still creating in a second pass.
   */
  static void of(Object connection) {
    ForcedShutdown first = new ForcedShutdown();
    first.visit(connection);
    Thread thread =
        new Thread(
            () -> {
              first.end();
              try {
                TimeUnit.NANOSECONDS.sleep(SECOND_PASS_DELAY.toNanos());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              ForcedShutdown second = new ForcedShutdown();
              second.visit(connection);
              second.end();
            },
            "connect-ot-plc4x-shutdown");
    thread.setDaemon(true);
    thread.start();
  }

  private void end() {
    for (Runnable ending : endings) {
      try {
        ending.run();
      } catch (RuntimeException e) {
        LOG.debug("A resource of a driver could not be terminated", e);
      }
    }
  }

  private void visit(Object root) {
    add(root);
    while (!open.isEmpty() && seen.size() < MAX_OBJECTS) {
      try {
        end(open.poll());
      } catch (RuntimeException e) {
        // For example a collection that the driver modifies concurrently.
        LOG.debug("A resource of a driver could not be terminated", e);
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void end(Object object) {
    if (object instanceof Channel channel) {
      // Before close, which removes the handlers.
      channel.pipeline().toMap().values().forEach(this::add);
      channel.close();
      EventLoopGroup loop = channel.isRegistered() ? channel.eventLoop().parent() : null;
      add(loop);
    } else if (object instanceof EventLoopGroup group) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    } else if (object instanceof ExecutorService executor) {
      executor.shutdownNow();
    } else if (object instanceof java.util.Timer timer) {
      timer.cancel();
    } else if (object instanceof io.netty.util.Timer timer) {
      // Blocks until the timer's thread ends.
      endings.add(timer::stop);
    } else if (object instanceof Thread thread) {
      thread.interrupt();
    } else if (object instanceof Map<?, ?> map) {
      for (Object entry : map.entrySet().toArray()) {
        add(((Map.Entry<?, ?>) entry).getKey());
        add(((Map.Entry<?, ?>) entry).getValue());
      }
    } else if (object instanceof Collection<?> collection) {
      for (Object element : collection.toArray()) {
        add(element);
      }
    } else {
      if (object instanceof Plc4xProtocolBase<?> protocol) {
        // May block: some have threads that no interrupt ends.
        endings.add(() -> protocol.close(null));
      }
      visitFields(object);
    }
  }

  private void visitFields(Object object) {
    for (Class<?> type = object.getClass();
        type != null && type.getName().startsWith(VISITED_PACKAGES);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          try {
            field.setAccessible(true);
            add(field.get(object));
          } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("Field {} cannot be read", field, e);
          }
        }
      }
    }
  }

  private void add(Object object) {
    if (object != null && isOfInterest(object) && seen.add(object)) {
      open.add(object);
    }
  }

  private static boolean isOfInterest(Object object) {
    return object instanceof Channel
        || object instanceof EventLoopGroup
        || object instanceof ExecutorService
        || object instanceof java.util.Timer
        || object instanceof io.netty.util.Timer
        || object instanceof Thread
        || object instanceof Map
        || object instanceof Collection
        || (object.getClass().getName().startsWith(VISITED_PACKAGES)
            && !(object instanceof Enum)
            && !(object instanceof PlcDriver));
  }
}
