// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

/**
 * Which of the tags of one endpoint a session reads, when several tasks share the endpoint. The
 * protocol decides which tags make which part; every tag must be in exactly one.
 *
 * @param index the part's number, from 0; not less than {@code count} for a part of an earlier
 *     configuration, see {@link StreamingSessionFactory#formerParts}
 * @param count the number of parts
 */
public record EndpointPart(int index, int count) {
  /** All tags of an endpoint. */
  public static final EndpointPart WHOLE = new EndpointPart(0, 1);

  public EndpointPart {
    if (index < 0 || count < 1) {
      throw new IllegalArgumentException("part " + index + " of " + count);
    }
  }

  /**
   * Whether the thing of that name belongs to this part. Depends on the name alone, so that every
   * name is in exactly one part.
   */
  public boolean contains(String name) {
    return count == 1 || RendezvousHash.bucket(name, count) == index;
  }

  /** Whether it is a part of an earlier configuration. */
  public boolean isFormer() {
    return index >= count;
  }
}
