// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.table;

import io.connectot.core.config.ConfigLocation;
import java.util.Map;

/**
 * A row of a file.
 *
 * @param location where it is
 * @param cells heading as written to text, both trimmed, in the order of the file, without empty
 *     cells
 */
public record TableRow(ConfigLocation location, Map<String, String> cells) {}
