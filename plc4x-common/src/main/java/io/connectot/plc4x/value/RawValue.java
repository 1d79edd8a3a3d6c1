// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.value;

/**
 * One value from a driver, in classes of the JDK only.
 *
 * @param type its type at the source; {@link PlcType#UNKNOWN} when the driver does not name it
 * @param object by the type: Boolean; Byte, Short, Integer, Long, BigInteger, Float, Double;
 *     Character or String; {@code java.time.Duration}, LocalDate, LocalTime, LocalDateTime; {@code
 *     byte[]} for a RAW_BYTE_ARRAY; {@code List<RawValue>} for a LIST; {@code Map<String,
 *     RawValue>} in the order of the source for a STRUCT; null when there is no value
 */
public record RawValue(PlcType type, Object object) {}
