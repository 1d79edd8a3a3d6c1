// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Quality;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** The meaning of a status code (OPC UA Part 4 §7.39). Thread-safe. */
public final class StatusInfo {
  private static final long STRUCTURE_CHANGED = 0x8000;
  private static final long SEMANTICS_CHANGED = 0x4000;
  private static final long OVERFLOW = 0x480;

  /** Servers use few codes; one that invents them must not fill the heap. */
  private static final int MAX_CACHED = 5_000;

  private static final Map<Long, String> TEXTS = new ConcurrentHashMap<>();

  private StatusInfo() {}

  /** By the two bits of the severity; the one that is reserved counts as BAD. */
  public static Quality quality(StatusCode status) {
    return switch ((int) (status.value() >>> 30) & 3) {
      case 0 -> Quality.GOOD;
      case 1 -> Quality.UNCERTAIN;
      default -> Quality.BAD;
    };
  }

  /** Whether values before this one, or after, were lost because the server's queue was full. */
  public static boolean isOverflow(StatusCode status) {
    return (status.value() & OVERFLOW) == OVERFLOW;
  }

  /** Whether properties of the node have changed, such as its unit or range or its labels. */
  public static boolean isSemanticsChanged(StatusCode status) {
    return (status.value() & SEMANTICS_CHANGED) != 0;
  }

  /** Whether the node's data type has changed its definition, or another took its place. */
  public static boolean isStructureChanged(StatusCode status) {
    return (status.value() & STRUCTURE_CHANGED) != 0;
  }

  /**
   * A status as records have it, e.g. {@code 0x80340000 Bad_NodeIdUnknown}.
   *
   * @return null for plain Good
   */
  public static String textOrNull(StatusCode status) {
    return status.value() == StatusCodes.Good ? null : text(status);
  }

  /** A code and its name, e.g. {@code 0x80340000 Bad_NodeIdUnknown}, {@code 0x00000000 Good}. */
  public static String text(StatusCode status) {
    String known = TEXTS.get(status.value());
    if (known != null) {
      return known;
    }
    String text = describe(status.value());
    if (TEXTS.size() < MAX_CACHED) {
      TEXTS.put(status.value(), text);
    }
    return text;
  }

  private static String describe(long code) {
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "0x%08X ", code)).append(name(code));
    if ((code & OVERFLOW) == OVERFLOW) {
      text.append(", overflow");
    }
    if ((code & STRUCTURE_CHANGED) != 0) {
      text.append(", structure changed");
    }
    if ((code & SEMANTICS_CHANGED) != 0) {
      text.append(", semantics changed");
    }
    return text.toString();
  }

  private static String name(long code) {
    long condition = code & 0xFFFF_0000L;
    if ((condition & 0x3FFF_0000L) == 0 || StatusCodes.lookup(condition).isEmpty()) {
      return switch ((int) (condition >>> 30) & 3) {
        case 0 -> "Good";
        case 1 -> "Uncertain";
        default -> "Bad";
      };
    }
    return StatusCodes.lookup(condition).get()[0];
  }
}
