// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.Random;

/** The source of the choices that {@link GeneratedData} makes: random, or of a fuzzer. */
interface Choices {
  /** Returns a number from 0 to below the bound. */
  int below(int bound);

  long anyLong();

  double anyDouble();

  String text();

  byte[] bytes();

  default boolean oneIn(int bound) {
    return below(bound) == 0;
  }

  static Choices of(Random random) {
    return new Choices() {
      @Override
      public int below(int bound) {
        return random.nextInt(bound);
      }

      @Override
      public long anyLong() {
        return random.nextLong() >> random.nextInt(64);
      }

      @Override
      public double anyDouble() {
        return switch (random.nextInt(4)) {
          case 0 -> Double.longBitsToDouble(random.nextLong());
          case 1 -> random.nextInt(2_000_000) / 1000.0;
          case 2 -> (float) random.nextGaussian();
          default -> random.nextGaussian() * 1e6;
        };
      }

      @Override
      public String text() {
        int[] ranges = {0x80, 0x100, 0x800, 0x10000};
        int range = ranges[random.nextInt(ranges.length)];
        return random
            .ints(random.nextInt(20), 0, range)
            .collect(StringBuilder::new, (s, c) -> s.append((char) c), StringBuilder::append)
            .toString();
      }

      @Override
      public byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return bytes;
      }
    };
  }

  static Choices of(FuzzedDataProvider data) {
    return new Choices() {
      @Override
      public int below(int bound) {
        return data.consumeInt(0, bound - 1);
      }

      @Override
      public long anyLong() {
        return data.consumeLong();
      }

      @Override
      public double anyDouble() {
        return data.consumeDouble();
      }

      @Override
      public String text() {
        return data.consumeString(40);
      }

      @Override
      public byte[] bytes() {
        return data.consumeBytes(12);
      }
    };
  }
}
