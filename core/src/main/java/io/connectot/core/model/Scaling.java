// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/**
 * A linear conversion of a raw number into engineering units: {@code raw * scale + offset}.
 *
 * @param scale finite and not zero
 * @param offset finite
 */
public record Scaling(double scale, double offset) {
  /** Leaves every number as it is. */
  public static final Scaling NONE = new Scaling(1, 0);

  public Scaling {
    if (!Double.isFinite(scale) || scale == 0) {
      throw new IllegalArgumentException("scale must be finite and not 0, but is " + scale);
    }
    if (!Double.isFinite(offset)) {
      throw new IllegalArgumentException("offset must be finite, but is " + offset);
    }
  }

  /** Whether {@link #apply} returns every number as it is. */
  public boolean isIdentity() {
    return scale == 1 && offset == 0;
  }

  /** The number in engineering units. */
  public double apply(double raw) {
    return raw * scale + offset;
  }
}
