// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Parts of every record: identity, times, headers, sizes and JSON. */
package io.connectot.core.mapping.record;
