// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.payload.DataType;

/**
 * A metric as its birth declared it.
 *
 * @param index its number in the birth, from 0
 * @param name its name with folders
 * @param alias null when it has none
 * @param type its data type
 * @param unit its engineering unit; null when the birth names none
 */
public record MetricDefinition(int index, String name, Long alias, DataType type, String unit) {}
