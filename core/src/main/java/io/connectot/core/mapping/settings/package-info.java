// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** How records are made, as configured: layout, key, headers, origin and topics. */
package io.connectot.core.mapping.settings;
