// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What polling and streaming sources have in common. */
package io.connectot.core.source.runtime;
