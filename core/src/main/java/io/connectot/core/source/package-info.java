// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The source connector and its task, and how endpoints are shared among tasks. */
package io.connectot.core.source;
