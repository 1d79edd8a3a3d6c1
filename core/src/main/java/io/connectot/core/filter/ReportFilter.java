// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.filter;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides, by each tag's {@link io.connectot.core.model.ReportPolicy}, which values of one device
 * are worth a record, and remembers what was reported. Whoever calls must deliver what it returns.
 *
 * <p>A tag turns BAD once: while it stays BAD it is only repeated as heartbeat, in either mode and
 * across {@link #reset}.
 *
 * <p>For one thread at a time, with a happens-before edge between calls.
 */
public final class ReportFilter {
  private final Map<Tag<?>, TagHistory> tags = new HashMap<>();

  /**
   * What of a scan is to be reported.
   *
   * @param scan measurements of this filter's device
   * @return {@code scan} itself when all of it is, else the reported part in its order
   */
  public List<Measurement> report(List<Measurement> scan) {
    int size = scan.size();
    List<Measurement> reported = null;
    for (int i = 0; i < size; i++) {
      Measurement measurement = scan.get(i);
      boolean report = history(measurement.tag()).report(measurement);
      if (reported != null) {
        if (report) {
          reported.add(measurement);
        }
      } else if (!report) {
        reported = new ArrayList<>(size);
        for (int j = 0; j < i; j++) {
          reported.add(scan.get(j));
        }
      }
    }
    return reported == null ? scan : reported;
  }

  /**
   * Makes the next value of every tag count as new, as after an outage. A tag that was reported BAD
   * and still is stays silent.
   */
  public void reset() {
    for (TagHistory history : tags.values()) {
      history.forgetValue();
    }
  }

  /**
   * Turns tags BAD because their device is away.
   *
   * @param nanos the instant, epoch nanoseconds
   * @param status why, as the BAD measurements carry it
   * @return a BAD measurement for each tag that is not BAD already, possibly none
   */
  public List<Measurement> allBad(
      Device<?> device, List<? extends Tag<?>> tags, long nanos, String status) {
    List<Measurement> turned = new ArrayList<>(tags.size());
    for (Tag<?> tag : tags) {
      TagHistory history = history(tag);
      if (history.quality() != Quality.BAD) {
        Measurement bad = Measurement.bad(device, tag, nanos, status);
        history.remember(bad);
        turned.add(bad);
      }
    }
    return turned;
  }

  private TagHistory history(Tag<?> tag) {
    TagHistory history = tags.get(tag);
    if (history == null) {
      history = new TagHistory(tag);
      tags.put(tag, history);
    }
    return history;
  }
}
