// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

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
 * Ends what a connection holds of threads and sockets, whatever state its driver is in.
 *
 * <p>A driver that waits for an answer cannot be closed, and some drivers forget threads when they
 * are. So this goes through the fields of the driver's objects and ends what it finds: channels,
 * event loops, executors, timers, threads. Static fields are left alone: they belong to all.
 */
final class Reaper {
  private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
  private static final String OURS_TO_VISIT = "org.apache.plc4x.";

  /** More objects than any connection has that is not in the middle of a large browse. */
  private static final int MAX_OBJECTS = 20_000;

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private final Deque<Runnable> endings = new ArrayDeque<>();

  private Reaper() {}

  /**
   * Ends what an object of a driver holds: sockets at once, what takes time on a thread of its own,
   * and what the driver was still making on its threads a moment later.
   */
  static void reap(Object connection) {
    Reaper reaper = new Reaper();
    reaper.visit(connection);
    Thread thread =
        new Thread(
            () -> {
              reaper.end();
              try {
                TimeUnit.NANOSECONDS.sleep(A_MOMENT.toNanos());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Reaper again = new Reaper();
              again.visit(connection);
              again.end();
            },
            "connect-ot-plc4x-reaper");
    thread.setDaemon(true);
    thread.start();
  }

  private void end() {
    for (Runnable ending : endings) {
      try {
        ending.run();
      } catch (RuntimeException e) {
        LOG.debug("Something of a driver could not be ended", e);
      }
    }
  }

  private void visit(Object root) {
    add(root);
    while (!open.isEmpty() && seen.size() < MAX_OBJECTS) {
      try {
        end(open.poll());
      } catch (RuntimeException e) {
        // A collection that the driver changes at this moment, for example.
        LOG.debug("Something of a driver could not be ended", e);
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void end(Object object) {
    if (object instanceof Channel channel) {
      // Before it is closed: then its handlers are gone.
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
      // Waits for the timer's thread.
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
        // Some have threads that no interrupt ends, and wait for them.
        endings.add(() -> protocol.close(null));
      }
      visitFields(object);
    }
  }

  private void visitFields(Object object) {
    for (Class<?> type = object.getClass();
        type != null && type.getName().startsWith(OURS_TO_VISIT);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          try {
            field.setAccessible(true);
            add(field.get(object));
          } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("{} cannot be looked into", field, e);
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
        || (object.getClass().getName().startsWith(OURS_TO_VISIT)
            && !(object instanceof Enum)
            && !(object instanceof PlcDriver));
  }
}
