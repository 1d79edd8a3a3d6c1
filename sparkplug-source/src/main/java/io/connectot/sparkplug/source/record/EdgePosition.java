// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.record;

import io.connectot.core.model.SourcePosition;
import java.util.Map;

/** A position whose maps are made once. */
record EdgePosition(Map<String, ?> partition, Map<String, ?> offset) implements SourcePosition {}
