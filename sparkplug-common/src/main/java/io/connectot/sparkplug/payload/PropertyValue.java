// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

/**
 * One property.
 *
 * @param dataType its type
 * @param value its value; null when it has none
 */
public record PropertyValue(DataType dataType, MetricValue value) {}
