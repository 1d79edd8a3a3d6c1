// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What all connectors share. Knows no protocol. */
package io.connectot.core;
